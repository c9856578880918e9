"""What an application at work in the school tells of itself: what it did, why, and up to which moment."""
