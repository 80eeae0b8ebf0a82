package dev.gatun.layers.type.norms;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.GroupNormalization;

/** What is known of {@link GroupNormalization}. */
public final class GroupNormalizationType extends NormType<GroupNormalization> {

    /** The type. */
    public GroupNormalizationType() {
        super(new GroupNormalization(Configuration.of(GroupNormalization.OPTIONS)));
    }

    @Override
    NormForm form(GroupNormalization layer) {
        return NormForm.of(layer);
    }
}
