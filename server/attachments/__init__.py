"""Pages: resumable uploads and the store that keeps their ciphertext."""
