package dev.gatun.tests.house;

import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.CategoryEncoding;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.DepthwiseConv1D;
import dev.gatun.layers.Dot;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.Gru;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Law;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.Permute;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.RmsNormalization;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.Slicing;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.UnitNormalization;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** What options do to the rules of a layer: values that say something else of masks, steps or laws than those of the plain one. */
final class OptionRules {

    /** Besides these each option that is true or false is tried the other way. */
    private static final List<Layer> OTHERS = List.of(
            Conv1D.of(4, 3).padding("causal").strides(2), Conv1D.of(4, 3), Conv1D.of(4, 3).padding("same"),
            Conv1D.of(4, 3).padding("causal").dilationRate(2), Conv1D.of(4, 3).padding("causal").groups(2),
            DepthwiseConv1D.of(3).padding("same"),
            Softmax.axis(1), Softmax.axis(1, 2), LayerNormalization.of().axis(1), LayerNormalization.of().axis(1, 2),
            RmsNormalization.of().axis(1), UnitNormalization.of().axis(1), GroupNormalization.groups(2).axis(1),
            BatchNormalization.of().axis(1), Normalization.of().axes(1), Normalization.of().axes(),
            Concatenate.axis(1), Dot.axes(1), Dot.axes(2, 1), Permute.dims(1, 2), PRelu.of().sharedAxes(1),
            Reduction.of(Reduction.Function.MEAN, -1), Reduction.of(Reduction.Function.MEAN, 2), Slicing.of(":", "0"),
            Elementwise.of(Elementwise.Function.SQRT),
            CategoryEncoding.tokens(4).outputMode("one_hot"), CategoryEncoding.tokens(4).outputMode("count"),
            IntegerLookup.of(4, 2).outputMode("one_hot"), IntegerLookup.of(4, 2).outputMode("multi_hot"),
            IntegerLookup.of(4, 2).outputMode("count"), IntegerLookup.of(4, 2).maskToken(0),
            MultiHeadAttention.of(2, 3).useCausalMask().slidingWindow(4),
            GroupQueryAttention.of(3, 4, 2).useCausalMask().slidingWindow(4),
            TimeDistributed.of(Lstm.units(4)), Rnn.of(GruCell.units(4)), Rnn.stack(LstmCell.units(4), GruCell.units(4)),
            Bidirectional.of(Gru.units(4)), Nested.chain(Input.sequence(3), Dense.units(4)));

    private OptionRules() {}

    /**
     * A line for each value that has other rules.
     *
     * @param plain what the section of its class tells of
     * @param rules what is said of a layer, by the name of the rule
     */
    static String page(Layer plain, Function<Layer, Map<String, String>> rules) {
        Map<String, String> usual = rules.apply(plain);
        Set<String> lines = new LinkedHashSet<>();
        List<Layer> tried = flipped(plain);
        OTHERS.stream().filter(other -> other.kind().equals(plain.kind())).forEach(tried::add);
        for (Layer other : tried) {
            List<String> differences = new ArrayList<>();
            rules.apply(other).forEach((rule, said) -> {
                if (!withoutSteps(said).equals(withoutSteps(usual.get(rule)))) {
                    differences.add(rule + ": " + said);
                }
            });
            if (!differences.isEmpty()) {
                lines.add("- With " + options(plain, other) + ". " + String.join(". ", differences) + ".\n");
            }
        }
        return lines.isEmpty() ? "" : "\n" + String.join("", lines);
    }

    /** Where there are no steps, there is no law of steps. */
    private static String withoutSteps(String said) {
        return said.replace(Law.STEPS.words() + "; ", "");
    }

    private static List<Layer> flipped(Layer plain) {
        LayerType<?> type = BuiltInTypes.ALL.named(plain.kind());
        List<Layer> flipped = new ArrayList<>();
        for (Option<?> option : type.options().options()) {
            if (option.kind() == OptionKind.FLAG) {
                Map<String, Object> config = new LinkedHashMap<>(plain.config());
                config.put(option.name(), !Boolean.TRUE.equals(config.get(option.name())));
                try {
                    flipped.add(BuiltInTypes.ALL.layer(plain.kind(), null, config));
                } catch (IllegalArgumentException needsAnother) {
                    // Such as return_sequences of a layer that has none: no layer has this value alone.
                    continue;
                }
            }
        }
        return flipped;
    }

    /** In what they differ, as in files. */
    private static String options(Layer plain, Layer other) {
        Map<String, Object> usual = plain.config();
        List<String> options = new ArrayList<>();
        other.config().forEach((name, value) -> {
            if (!Objects.equals(value, usual.get(name))) {
                options.add("`" + name + "=" + shown(value) + "`");
            }
        });
        return String.join(" and ", options);
    }

    /** A layer within by its class, a model within by that of its last layer. */
    private static String shown(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.get("layers") instanceof List<?> layers
                    ? shown(layers.getFirst()) + " to " + shown(layers.getLast())
                    : String.valueOf(map.get("class_name"));
        }
        return OptionReader.shown(value).replace("'", "");
    }
}
