"""Files without a file system: what is known of an image's files, and how builders copy among them."""
