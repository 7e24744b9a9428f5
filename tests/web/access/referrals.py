"""Pages about referrals: the sender's, the recipient's, and what is left once sharing ended."""

#                              own  referred linked ended recalled stranger victim
TABLE = """
referrals             GET  CIS  in
inbox                 GET  CIS  in
referral              GET  CIS  in  in  in  in  410 404 404
referral_note         POST CIS  in  in  in  in  410 404 404
referral_undo         POST CIS  in  in  in  in  410 404 404
referral_move         GET  CIS  in  in  in  in  410 404 404
referral_move         POST CIS  in  in  in  in  410 404 404
referral_report       GET  CIS  in  in  in  in  410 404 404
referral_report       POST CIS  in  in  in  in  410 404 404
referral_take         GET  CIS  404 in  in  in  410 404 404
referral_take         POST CIS  404 in  in  in  410 404 404
# what the sender alone does
handoff               GET  CIS  in  404 404 404 404 404 404
handoff               POST CIS  in  404 404 404 404 404 404
check                 GET  CIS  in  404 404 404 404 404 404
check                 POST CIS  in  404 404 404 404 404 404
referral_send         POST CIS  in  404 404 404 404 404 404
referral_discard      POST CIS  in  404 404 404 404 404 404
referral_another      GET  CIS  in  404 404 404 404 404 404
"""
