"""What is open to all, and the doors themselves."""

TABLE = """
healthz               GET  *    in
set_language          POST *    in
find_help             GET  *    in
robots                GET  *    in
sitemap               GET  *    in
sitemap_piece         GET  *    in
about                 GET  *    in
service               GET  *    in
service_ours          GET  *    in
check_service         GET  *    in
check_service         POST *    in
report_fault          GET  *    in
report_fault          POST *    in
fault_reported        GET  *    404      # no such report
# the API of the directory: reading only, the question in the address or the body
hsds                  GET  *    in
hsds_openapi          GET  *    in
hsds_profile          GET  *    in
hsds_tombstones       GET  *    in
hsds_services         GET  *    in
hsds_services         POST *    in
hsds_organizations    GET  *    in
hsds_organizations    POST *    in
hsds_service_at_locations GET * in
hsds_service_at_locations POST * in
hsds_taxonomies       GET  *    in
hsds_taxonomies       POST *    in
hsds_taxonomy_terms   GET  *    in
hsds_taxonomy_terms   POST *    in
hsds_one_services     GET  *    404      # an id of no kind
hsds_one_organizations GET *    404
hsds_one_service_at_locations GET * 404
hsds_one_taxonomies   GET  *    404
hsds_one_taxonomy_terms GET *   404
hsds_nowhere          GET  *    404
hsds_nowhere          POST *    404
# signing in and out
account_login         GET  *    in
account_login         POST *    in
account_logout        GET  *    in
account_logout        POST *    in
account_signup        GET  *    in       # says that one is invited
account_signup        POST *    in
account_inactive      GET  *    in
account_reauthenticate GET  +   in
account_reauthenticate POST +   in
account_change_password GET  +  in
account_change_password POST +  in
account_set_password  GET  +    in
account_set_password  POST +    in
account_reset_password GET  *   in
account_reset_password POST *   in
account_reset_password_done GET * in
account_reset_password_from_key GET * in
account_reset_password_from_key POST * in
account_reset_password_from_key_done GET * in
# the second step, each one's own
mfa_index             GET  +    in
mfa_authenticate      GET  +    in       # is through already
mfa_authenticate      POST +    in
mfa_reauthenticate    GET  +    in
mfa_reauthenticate    POST +    in
mfa_activate_totp     GET  +    in
mfa_activate_totp     POST +    in
mfa_deactivate_totp   GET  +    404      # has no codes yet
mfa_deactivate_totp   POST +    404
mfa_view_recovery_codes GET +   404
mfa_generate_recovery_codes GET + in
mfa_generate_recovery_codes POST + in
mfa_download_recovery_codes GET + 404
mfa_list_webauthn     GET  +    in
mfa_add_webauthn      GET  +    in
mfa_add_webauthn      POST +    in
mfa_reauthenticate_webauthn GET + in
mfa_reauthenticate_webauthn POST + in
mfa_remove_webauthn   GET  +    in       # the password first
mfa_remove_webauthn   POST +    in
mfa_edit_webauthn     GET  +    in
mfa_edit_webauthn     POST +    in
mfa_login_webauthn    GET  +    in
mfa_login_webauthn    POST +    in
own_sign_on           GET  *    in
own_sign_on           POST *    in
own_sign_on_back      GET  *    403      # nobody was sent to sign on
own_sign_on_again     GET  +    404      # no organization here signs on by itself
own_sign_on_again     POST +    404
newcomer_link         GET  *    404
newcomer_link         POST *    404
rights                GET  *    in
service_ours          POST *    in
leaving               GET  *    in
"""
