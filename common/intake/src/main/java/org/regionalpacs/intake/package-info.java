/** The one way an instance gets in, for C-STORE and STOW-RS alike. */
package org.regionalpacs.intake;
