"""Pages of an organization that receives referrals and serves its own people."""
