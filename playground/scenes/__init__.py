"""What a scene is; its checks stand with its topic."""
