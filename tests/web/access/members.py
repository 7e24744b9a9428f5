"""Who works here: invitations, roles, leaving; and what each one settles for himself."""

#                              own  referred linked ended recalled stranger victim
TABLE = """
members               GET  SN   in
member_roles          GET  SN   in
member_invite         GET  SN   in
member_invite         POST SN   in
member_invite_again   POST S    in  404 404 404 404 404 404
member_invite_again   POST N    in
member_take_back      POST S    in  404 404 404 404 404 404
member_take_back      POST N    in
# one's own organization's; the network's integrator everybody's
member                GET  S    in  404 404 404 404 404 404
member                GET  N    in
member                POST S    in  404 404 404 404 404 404
member                POST N    in
member_end            GET  S    in  404 404 404 404 404 404
member_end            GET  N    in
member_end            POST S    in  404 404 404 404 404 404
member_end            POST N    in
member_reset          POST S    in  404 404 404 404 404 404
member_reset          POST N    in
member_second_step    GET  SN   in
member_second_step    POST SN   in
member_join           GET  *    410      # a token of nobody
member_join           POST *    410
training              GET  + in
training              POST + in
# standing in for a colleague, one's own sign-ins
covers                GET  CRISN in
covers                POST CRISN in
cover_stop            POST CRISN in
cover_begin           POST S    in  404 404 404 404 404 404   # Lee stands in for Ana
cover_end             POST CSN  in  404 404 404 404 404 404   # Ana, Lee, and who lets people in
sessions              GET  + in
sessions_end_others   POST + in
session_end           POST + 404
# what the network's integrator sets up
member_sign_on        GET  N    in
member_sign_on        POST N    in
set_up                GET  N    in
set_up_mail           POST N    in
set_up_checklist      GET  N    in
set_up_tick           POST N    404
set_up_organization_new GET N   in
set_up_organization_new POST N  in
set_up_organization   GET  N    404      # a listing's id is no participant
set_up_organization   POST N    404
set_up_site           POST N    404
set_up_team           POST N    404
set_up_agreements     GET  N    in
set_up_agreement_new  GET  N    in
set_up_agreement_new  POST N    in
set_up_agreement_end  POST N    404
set_up_agreement      GET  N    404
set_up_agreement      POST N    404
set_up_copy_withdraw  GET  N    404
set_up_copy_withdraw  POST N    404
# what one's own organization agreed on, and what a leaver of it left behind
our_agreements        GET  SNP  in
agreement_copy_file   GET  SNP  404
member_hand_over      GET  S    404
member_hand_over      POST S    404
"""
