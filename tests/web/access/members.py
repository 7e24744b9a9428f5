"""Who works here: invitations, roles, leaving; and what each one settles for himself."""

#                              own  referred linked ended recalled stranger victim
TABLE = """
members               GET  SN   in
member_roles          GET  SN   in
member_invite         GET  SN   in
member_invite         POST SN   in
member_invite_again   POST SN   404
member_take_back      POST SN   404
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
training              GET  CRISNP in
training              POST CRISNP in
"""
