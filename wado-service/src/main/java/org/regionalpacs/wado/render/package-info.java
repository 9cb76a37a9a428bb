/** WADO-RS rendered resources and thumbnails (PS3.18 10.4.1.1.3, 10.4.1.1.7, 8.3.5, 8.7.4). */
package org.regionalpacs.wado.render;
