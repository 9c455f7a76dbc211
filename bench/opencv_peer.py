"""OpenCV's inpainting (Telea 2004, radius 3) from file to file: the peer of bench/whole-command.

    python bench/opencv_peer.py PHOTO MASK OUT
"""

import sys

import cv2

photo, mask, out = sys.argv[1:4]
filled = cv2.inpaint(cv2.imread(photo), cv2.imread(mask, cv2.IMREAD_GRAYSCALE), 3, cv2.INPAINT_TELEA)
cv2.imwrite(out, filled, [cv2.IMWRITE_JPEG_QUALITY, 92])
