"""Speed and accuracy, ours and the peers', measured in one run. Corpora lie outside the project: `make unpack`."""
