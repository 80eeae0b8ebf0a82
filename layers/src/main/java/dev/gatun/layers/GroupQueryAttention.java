package dev.gatun.layers;

import java.util.List;
import java.util.Optional;

/**
 * Attention with several heads of the query for each head of keys and values (Ainslie et al. 2023), with Keras's arguments and
 * defaults.
 */
public final class GroupQueryAttention extends HeadedAttention<GroupQueryAttention> {

    private static final Option<Integer> WIDTH = Option.required("head_dim", OptionKind.WHOLE).check(new UnitCount());
    private static final Option<Integer> QUERIES = Option.required("num_query_heads", OptionKind.WHOLE)
            .check(new HeadCount());
    private static final Option<Integer> VALUES = Option.required("num_key_value_heads", OptionKind.WHOLE)
            .check(new HeadCount());

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("GroupQueryAttention", List.of(WIDTH, QUERIES, VALUES))
            .layersNamed("grouped_query_attention");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     * @throws IllegalArgumentException if the heads of the query are no multiple of the others
     */
    public GroupQueryAttention(Configuration configuration) {
        super(configuration);
        if (get(QUERIES) != null && get(VALUES) != null && get(QUERIES) % get(VALUES) != 0) {
            throw new IllegalArgumentException(kind() + (name() == null ? "" : " '" + name() + "'")
                    + ": expected num_query_heads to be a multiple of num_key_value_heads, got " + get(QUERIES)
                    + " and " + get(VALUES) + "; each head of keys serves as many of the query");
        }
    }

    /**
     * Attention with so many heads.
     *
     * @param headDim    H, the width of a head
     * @param queryHeads N
     * @param valueHeads heads of keys and values, a divisor of N
     * @return the layer
     * @throws IllegalArgumentException if one is not positive, or the heads of the query are no multiple of the others
     */
    public static GroupQueryAttention of(int headDim, int queryHeads, int valueHeads) {
        return new GroupQueryAttention(Configuration.of(OPTIONS).with(WIDTH, headDim).with(QUERIES, queryHeads)
                .with(VALUES, valueHeads));
    }

    @Override
    protected GroupQueryAttention of(Configuration configuration) {
        return new GroupQueryAttention(configuration);
    }

    @Override
    public int queryHeads() {
        return get(QUERIES);
    }

    @Override
    public int valueHeads() {
        return get(VALUES);
    }

    @Override
    public int keyWidth() {
        return get(WIDTH);
    }

    @Override
    public int valueWidth() {
        return get(WIDTH);
    }

    @Override
    public Optional<Integer> outputWidth() {
        return Optional.empty();
    }
}
