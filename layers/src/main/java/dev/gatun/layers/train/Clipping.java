package dev.gatun.layers.train;

import dev.gatun.memory.check.Arguments;
import java.util.Map;

/**
 * What is done to gradients before an optimizer uses them: nothing, or one of Keras's three ways.
 *
 * @param kind  which way
 * @param limit positive and finite; without meaning for {@link Kind#NONE}, where it is 0 whatever was given
 */
public record Clipping(Kind kind, double limit) {

    /** The ways; {@link #keyword} is Keras's name. */
    public enum Kind {
        /** Gradients as they are. */
        NONE(""),
        /** Every number into [-limit, limit]. */
        VALUE("clipvalue"),
        /** Each weight's gradient scaled down to an L2 norm of at most limit. */
        NORM("clipnorm"),
        /** All gradients scaled down together to an L2 norm of at most limit. */
        GLOBAL_NORM("global_clipnorm");

        private final String keyword;

        Kind(String keyword) {
            this.keyword = keyword;
        }

        /** {@return Keras's name of the argument, empty for {@link #NONE}} */
        public String keyword() {
            return keyword;
        }
    }

    /** Gradients as they are. */
    public static final Clipping NONE = new Clipping(Kind.NONE, 0);

    /**
     * Checks the limit.
     *
     * @throws NullPointerException     if the kind is null
     * @throws IllegalArgumentException if the limit is not positive and finite, except for {@link Kind#NONE}
     */
    public Clipping {
        Arguments.required(kind, "Clipping", "kind", "a kind of clipping");
        if (kind == Kind.NONE) {
            limit = 0;
        } else if (!(limit > 0) || Double.isInfinite(limit)) {
            throw new IllegalArgumentException(kind.keyword + " must be positive and finite, got " + limit
                    + "; leave it out for no clipping");
        }
    }

    /**
     * This clipping, if nothing is set yet, replaced by another.
     *
     * @throws IllegalArgumentException if one is set already: Keras allows one, and so does Gatun
     */
    Clipping and(Kind other, double otherLimit) {
        if (kind != Kind.NONE && kind != other) {
            throw new IllegalArgumentException("Only one of clipnorm, clipvalue and global_clipnorm can be set: "
                    + kind.keyword + " is " + limit + " already, so " + other.keyword + " = " + otherLimit
                    + " is refused; choose one");
        }
        return new Clipping(other, otherLimit);
    }

    /**
     * The clipping that a configuration of Keras asks for.
     *
     * @param config of an optimizer: clipnorm, clipvalue or global_clipnorm, at most one of them
     * @return {@link #NONE} if it has none of them
     * @throws IllegalArgumentException if it has several, or a limit that cannot be
     */
    public static Clipping read(ConfigReader config) {
        Arguments.required(config, "Clipping.read", "config", "an optimizer's configuration");
        Clipping clipping = NONE;
        for (Kind kind : Kind.values()) {
            double limit = kind == Kind.NONE ? 0 : config.number(kind.keyword, 0);
            if (limit != 0) {
                clipping = clipping.and(kind, limit);
            }
        }
        return clipping;
    }

    void write(Map<String, Object> config) {
        if (kind != Kind.NONE) {
            config.put(kind.keyword, limit);
        }
    }
}
