/** Who is who: tenants and the AE titles that stand for them. */
package org.regionalpacs.security;
