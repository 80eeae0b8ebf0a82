package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;

/**
 * An option of a layer or an optimizer, declared once: its name as in Keras, the kind of its values, its default and its
 * check. Configurations, files, refusals and the table in the docs come from it.
 *
 * @param <V> type of the values
 */
public final class Option<V> {

    private final String name;
    private final OptionKind<V> kind;
    private final V standard;
    private final OptionCheck<? super V> check;
    private final boolean isKerass;
    private final String formerName;

    private Option(
            String name, OptionKind<V> kind, V standard, OptionCheck<? super V> check, boolean isKerass,
            String formerName) {
        this.name = name;
        this.kind = kind;
        this.standard = standard;
        this.check = check;
        this.isKerass = isKerass;
        this.formerName = formerName;
    }

    /**
     * An option that a configuration may leave out.
     *
     * @param <V>      type of the values
     * @param name     as in Keras
     * @param kind     of its values
     * @param standard the default, as in Keras
     * @return an option that takes every value of the kind
     */
    public static <V> Option<V> of(String name, OptionKind<V> kind, V standard) {
        Arguments.required(name, "Option.of", "name", "as in Keras");
        Arguments.required(kind, "Option.of", "kind", "for example OptionKind.WHOLE");
        Arguments.required(standard, "Option.of", "standard", "the default, or use Option.required");
        return new Option<>(name, kind, standard, null, true, null);
    }

    /**
     * An option without a default.
     *
     * @param <V>  type of the values
     * @param name as in Keras
     * @param kind of its values
     * @return an option that takes every value of the kind
     */
    public static <V> Option<V> required(String name, OptionKind<V> kind) {
        Arguments.required(name, "Option.required", "name", "as in Keras");
        Arguments.required(kind, "Option.required", "kind", "for example OptionKind.WHOLE");
        return new Option<>(name, kind, null, null, true, null);
    }

    /**
     * The same option with a condition on its values.
     *
     * @param condition says what is wrong with a value
     * @return an option that takes only values that pass
     */
    public Option<V> check(OptionCheck<? super V> condition) {
        Arguments.required(condition, "Option.check", "condition", "what says what is wrong with a value");
        return new Option<>(name, kind, standard, condition, isKerass, formerName);
    }

    /**
     * The same option as one that Keras does not have: its files may not name it, and configurations leave it out where it has its
     * default.
     *
     * @return an option that other engines have
     */
    public Option<V> beyondKeras() {
        return new Option<>(name, kind, standard, check, false, formerName);
    }

    /**
     * The same option, which older files call by another name.
     *
     * @param older as an earlier version of Keras had it
     * @return an option that is read under either name
     */
    public Option<V> formerly(String older) {
        Arguments.required(older, "Option.formerly", "older", "a name as an earlier Keras had it");
        return new Option<>(name, kind, standard, check, isKerass, older);
    }

    /**
     * What older files call the option.
     *
     * @return null if they call it the same
     */
    public String formerName() {
        return formerName;
    }

    /**
     * Whether Keras has the option.
     *
     * @return true unless it is {@link #beyondKeras}
     */
    public boolean isKerass() {
        return isKerass;
    }

    /**
     * The name.
     *
     * @return as in Keras
     */
    public String name() {
        return name;
    }

    /**
     * The kind of the values.
     *
     * @return how they are read and written
     */
    public OptionKind<V> kind() {
        return kind;
    }

    /**
     * The default.
     *
     * @return null if the option is required
     */
    public V standard() {
        return standard;
    }

    /**
     * Whether a configuration must have it.
     *
     * @return true if there is no default
     */
    public boolean isRequired() {
        return standard == null;
    }

    /**
     * Holds a value against kind and condition.
     *
     * @param owner whose option it is, for the message; empty if the option's name says enough
     * @param value what was given
     * @throws NullPointerException     naming the option
     * @throws IllegalArgumentException with owner, expected, got and the fix
     */
    void require(String owner, V value) {
        if (value == null) {
            throw new NullPointerException(owner + ": " + name + " is null; give " + kind.words());
        }
        String wrong = check == null ? null : check.problem(name, value);
        if (wrong != null) {
            throw new IllegalArgumentException(owner.isEmpty() ? wrong : owner + ": " + wrong);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
