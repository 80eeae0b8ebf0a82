package dev.gatun.layers.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a call of a layer is given, by name: as nodes when a user declares it, as shapes when it is built, as values when it is
 * planned.
 *
 * @param <T>          what stands for a value
 * @param inputs       the data; most layers take one
 * @param initialState where a recurrent layer begins, in the order of its states; empty if it begins at zeros
 * @param mask         which steps count, or null for those that the mask of the data says
 * @param ignoresMask  whether every step counts here whatever mask the data carry, which is carried on all the same
 */
public record CallArguments<T>(List<T> inputs, List<T> initialState, T mask, boolean ignoresMask) {

    /** Keeps copies of the lists. */
    public CallArguments {
        inputs = List.copyOf(inputs);
        initialState = List.copyOf(initialState);
    }

    /**
     * A call that goes by masks.
     *
     * @param inputs       the data
     * @param initialState where a recurrent layer begins
     * @param mask         which steps count, or null for those that the mask of the data says
     */
    public CallArguments(List<T> inputs, List<T> initialState, T mask) {
        this(inputs, initialState, mask, false);
    }

    /**
     * Data alone.
     *
     * @param <T>    what stands for a value
     * @param inputs the data
     * @return arguments without state and mask
     */
    public static <T> CallArguments<T> of(List<T> inputs) {
        return new CallArguments<>(inputs, List.of(), null);
    }

    /**
     * Data and a state to begin at.
     *
     * @param <T>          what stands for a value
     * @param input        the data
     * @param initialState in the order of the layer's states
     * @return arguments without a mask
     */
    public static <T> CallArguments<T> of(T input, List<T> initialState) {
        return new CallArguments<>(List.of(input), initialState, null);
    }

    /**
     * The first of the data.
     *
     * @return of most layers the only one
     */
    public T input() {
        return inputs.getFirst();
    }

    /**
     * Everything that is read, in one order: data, state, mask.
     *
     * @return at least the data
     */
    public List<T> all() {
        if (initialState.isEmpty() && mask == null) {
            return inputs;
        }
        List<T> all = new ArrayList<>(inputs);
        all.addAll(initialState);
        if (mask != null) {
            all.add(mask);
        }
        return all;
    }

    /**
     * Data and state.
     *
     * @return these arguments without the mask
     */
    public CallArguments<T> withoutMask() {
        return mask == null ? this : new CallArguments<>(inputs, initialState, null, ignoresMask);
    }

    /**
     * The same arguments in another form.
     *
     * @param <R>    the other form
     * @param change of one value
     * @return arguments of the same names
     */
    public <R> CallArguments<R> map(Function<? super T, ? extends R> change) {
        return new CallArguments<>(changed(inputs, change), changed(initialState, change),
                mask == null ? null : change.apply(mask), ignoresMask);
    }

    private static <T, R> List<R> changed(List<T> values, Function<? super T, ? extends R> change) {
        List<R> changed = new ArrayList<>(values.size());
        for (T value : values) {
            changed.add(change.apply(value));
        }
        return changed;
    }
}
