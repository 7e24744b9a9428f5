"""Who works here: invitations, roles, leaving; and what each one settles for himself."""

#                              own  referred linked ended recalled stranger victim
TABLE = """
members               GET  SN   in
member_roles          GET  SN   in
member_invite         GET  SN   in
member_invite         POST SN   in
member_invite_again   POST SN   404
member_take_back      POST SN   404
member                GET  SN   in  404 404 404 404 404 404
member                POST SN   in  404 404 404 404 404 404
member_end            GET  SN   in  404 404 404 404 404 404
member_end            POST SN   in  404 404 404 404 404 404
member_join           GET  *    404      # a token of nobody
member_join           POST *    404
training              GET  CRISNP in
training              POST CRISNP in
"""
