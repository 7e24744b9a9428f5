"""The directory for whoever works with it, and what an organization does with its own listing."""

#                              own  referred linked ended recalled stranger victim
TABLE = """
directory             GET  CRISNP in
services_paper        GET  CRISN in
favourites            GET  CRISN in
favourite             POST CRISN in
saved_searches        GET  CRISN in
search_save           POST CRISN in
search_forget         POST CRISN in  404 404 404 404 404 404
service_lists         GET  CRISN in
service_lists         POST CRISN in
service_list          GET  CRISN in  404 404 404 404 404 404
service_list          POST CRISN in  404 404 404 404 404 404
list_delete           POST CRISN in  404 404 404 404 404 404
list_item             POST CRISN in  404 404 404 404 404 404
list_add              POST CRISN in
gaps                  GET  CRISN in
gap_new               GET  CRISN in
gap_new               POST CRISN in
gap_close             POST CRISN in  404 404 404 404 404 404
note_add              POST CRISN in
note_remove           POST CRISN in  404 404 404 404 404 404
# one's own listing
claim_find            GET  IS   in
claim_begin           GET  IS   in
claim_begin           POST IS   in
claim                 GET  IS   404
claim                 POST IS   404
claim_link            GET  IS   404
claim_link            POST IS   404
listing               GET  IS   in
listing_new           GET  IS   in
listing_new           POST IS   in
listing_service       GET  IS   in  404 404 404 404 404 404
listing_service       POST IS   in  404 404 404 404 404 404
listing_hours         GET  IS   in  404 404 404 404 404 404
listing_hours         POST IS   in  404 404 404 404 404 404
listing_hours_at_place GET IS   404
listing_hours_at_place POST IS  404
listing_retire        POST IS   in  404 404 404 404 404 404
listing_where         GET  IS   in  404 404 404 404 404 404
listing_where         POST IS   in  404 404 404 404 404 404
listing_organization  GET  IS   in  404 404 404 404 404 404
listing_organization  POST IS   in  404 404 404 404 404 404
listing_place_new     GET  IS   in  404 404 404 404 404 404
listing_place_new     POST IS   in  404 404 404 404 404 404
listing_place         GET  IS   404
listing_place         POST IS   404
listing_place_private POST IS   404
listing_place_end     POST IS   404
listing_place_remove  POST IS   404
proposal_withdraw     POST IS   404
listing_room          GET  IS   in  404 404 404 404 404 404
listing_room          POST IS   in  404 404 404 404 404 404
listing_room_forget   POST IS   in  404 404 404 404 404 404
listing_reach         GET  IS   in  404 404 404 404 404 404
listing_reach         POST IS   in  404 404 404 404 404 404
listing_confirm       POST IS   in  404 404 404 404 404 404
"""
