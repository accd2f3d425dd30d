"""What pages say of a listing: whom it takes, and when it is open."""
