package org.regionalpacs.intake;

import org.regionalpacs.messages.StorageMessage;

/**
 * An object was accepted: its bytes are durable, and so is the message that announces it.
 *
 * @param message what was published
 * @param duplicate the very same object was here before; {@code message} is the earlier one's,
 *     published again
 */
public record Received(StorageMessage message, boolean duplicate) {}
