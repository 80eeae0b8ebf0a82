package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Add;
import dev.gatun.layers.Average;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Dot;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.Identity;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.RepeatVector;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.Slicing;
import dev.gatun.layers.StepMask;
import dev.gatun.layers.Subtract;
import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivityRegularization;
import dev.gatun.layers.AlphaDropout;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.AdaptiveAveragePooling1D;
import dev.gatun.layers.AdaptiveMaxPooling1D;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.CategoryEncoding;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.Rescaling;
import dev.gatun.layers.ConstantState;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Conv1DTranspose;
import dev.gatun.layers.SeparableConv1D;
import dev.gatun.layers.DepthwiseConv1D;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.GlobalMaxPooling1D;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.UpSampling1D;
import dev.gatun.layers.ZeroPadding1D;
import dev.gatun.layers.Cropping1D;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Elu;
import dev.gatun.layers.GaussianDropout;
import dev.gatun.layers.GaussianNoise;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.Law;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.Relu;
import dev.gatun.layers.RmsNormalization;
import dev.gatun.layers.SpatialDropout1D;
import dev.gatun.layers.UnitNormalization;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.SimpleRnnCell;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.Option;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Masking;
import dev.gatun.layers.Permute;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/layers.md` says what the types of layers declare. After a change write it anew with
/// `-Dtest=LayersPageTest -Dlayers.page.write=true`, and read the diff.
final class LayersPageTest {

    private static final Path PAGE = SourceTree.ROOT.resolve("docs/layers.md");

    /// One layer of each class, as plain as it can be.
    private static final List<Layer> PLAIN = List.of(
            Input.shape(10, 3), Lstm.units(4), Gru.units(4), SimpleRnn.units(4), Dense.units(4), Activation.of("tanh"),
            LeakyRelu.slope(0.3), PRelu.of(), Elu.alpha(1), Relu.of(), BatchNormalization.of(),
            LayerNormalization.of(), RmsNormalization.of(), GroupNormalization.groups(2), UnitNormalization.of(),
            SpatialDropout1D.rate(0.5), GaussianNoise.stddev(1), GaussianDropout.rate(0.5), AlphaDropout.rate(0.5),
            ActivityRegularization.of(0.1, 0),
            Softmax.of(), Attention.of(), AdditiveAttention.of(), MultiHeadAttention.of(2, 3),
            GroupQueryAttention.of(3, 4, 2),
            Dropout.rate(0.5), TimeDistributed.of(Dense.units(4)), Add.of(), Subtract.of(), Multiply.of(),
            Average.of(), Maximum.of(), Minimum.of(), Concatenate.of(), Dot.axes(-1), Flatten.of(), Reshape.to(-1, 4),
            RepeatVector.times(3), Identity.of(), Elementwise.of(Elementwise.Function.ADD),
            Reduction.of(Reduction.Function.MEAN, 1), Slicing.of("-1"), StepMask.of(), Permute.dims(2, 1),
            Masking.value(0),
            Embedding.of(4, 2).maskZero(), Normalization.of(), Rescaling.by(2), CategoryEncoding.tokens(4),
            IntegerLookup.of(4, 2), ConstantState.of(Tensor.zeros(4)), Bidirectional.of(Lstm.units(4)),
            Conv1D.of(4, 3).padding("causal"), Conv1DTranspose.of(4, 3), SeparableConv1D.of(4, 3),
            DepthwiseConv1D.of(3),
            MaxPooling1D.of(2), AveragePooling1D.of(2), GlobalMaxPooling1D.of(), GlobalAveragePooling1D.of(),
            AdaptiveMaxPooling1D.of(2), AdaptiveAveragePooling1D.of(2),
            UpSampling1D.of(2), ZeroPadding1D.of(1), Cropping1D.of(1),
            Nested.chain(Input.sequence(3), Lstm.units(4)), Rnn.of(LstmCell.units(4)), LstmCell.units(4),
            GruCell.units(4), SimpleRnnCell.units(4), StackedRnnCells.of(LstmCell.units(4), GruCell.units(4)));

    private static final Map<MaskRule, String> MASKS = Map.of(
            MaskRule.PASS, "what it makes has the mask of what it reads.",
            MaskRule.CONSUME,
            "steps that do not count are left out; what it makes has the mask only if it is a sequence.",
            MaskRule.PRODUCE, "it makes a mask, in the place of one that a layer before it has made; what is given with"
                    + " the data stays left out.",
            MaskRule.COMBINE,
            "the masks of several inputs become one; one masked input is enough, and of the others every step counts.",
            MaskRule.COMBINE_ALL,
            "the masks of several inputs become one, in which a step counts that counts in one of them; if an input has "
                    + "none, what it makes has none.",
            MaskRule.DROP, "what it makes has no mask, whatever it reads; it takes no notice of one.",
            MaskRule.REFUSE,
            "a mask here is an error: no model is built that has one here, and none is taken with the data.");

    @Test
    void thePageSaysWhatTheTypesDeclare() throws IOException {
        String page = page();
        if (Boolean.getBoolean("layers.page.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "write it anew: -Dtest=LayersPageTest -Dlayers.page.write=true");
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Layers: what there is, and every option

                Made from what the layers declare (`LayersPageTest`); do not edit. A Keras file is refused by name if it has another option, one that is marked as not in Keras, or another value of an option that has one value here. Every layer has `trainable` besides (true unless it is said otherwise), and but for inputs `activity_regularizer` (none unless it is said otherwise). What is said of masks, steps and laws holds for the options as they are by themselves; below it stands which options change it. A layer that does not run step by step has no law of steps.

                What a layer does with the mask of a sequence, in one word:

                """);
        for (MaskRule rule : MaskRule.values()) {
            page.append("- ").append(rule.name().toLowerCase(Locale.ROOT).replace('_', ' ')).append(": ")
                    .append(MASKS.get(rule)).append("\n");
        }
        for (LayerType<?> type : BuiltInTypes.ALL.all()) {
            if (type.getClass().getPackageName().startsWith("dev.gatun.layers.")) {
                section(page, type);
            }
        }
        return page.append(OtherKerasLayers.page()).toString();
    }

    @Test
    void whatIsSaidToBeMissingIs() {
        assertEquals(List.of(), OtherKerasLayers.thatAreThere());
    }

    private static void section(StringBuilder page, LayerType<?> type) {
        Layer plain = PLAIN.stream()
                .filter(layer -> layer.getClass() == type.layerClass())
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("give " + type.layerClass().getSimpleName() + " an example here"));
        page.append("\n## ").append(type.options().kind()).append("\n\n`").append(type.layerClass().getSimpleName())
                .append("`. ");
        rules(plain).forEach((rule, said) -> page.append(rule).append(": ").append(said).append(". "));
        page.setLength(page.length() - 1);
        page.append("\n").append(OptionRules.page(plain, LayersPageTest::rules))
                .append("\n| option | values | default |\n|---|---|---|\n");
        type.options().options().forEach(option -> row(page, option));
        type.options().only()
                .forEach((name, value) -> page.append("| `").append(name).append("` | only `").append(value)
                        .append("` | |\n"));
        type.options().ignored().forEach((name, why) -> page.append("| `").append(name)
                .append("` | any; it changes nothing: ").append(why).append(" | |\n"));
    }

    /// What is said of a layer, by the name of the rule.
    private static Map<String, String> rules(Layer layer) {
        LayerType<Layer> known = BuiltInTypes.ALL.of(layer);
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("Masks", known.masks(layer).name().toLowerCase(Locale.ROOT).replace('_', ' '));
        rules.put("Step by step", words(known.stepping(layer)));
        rules.put("Laws", known.laws(layer).stream().map(Law::words).collect(Collectors.joining("; "))
                + inTraining(known, layer));
        return rules;
    }

    private static String inTraining(LayerType<Layer> known, Layer plain) {
        Set<Law> broken = EnumSet.copyOf(known.laws(plain));
        broken.removeAll(known.lawsInTraining(plain));
        return broken.isEmpty()
                ? ""
                : "; in a training not: " + broken.stream().map(Law::words).collect(Collectors.joining("; "));
    }

    private static String words(Stepping stepping) {
        return switch (stepping) {
            case Stepping.RowByRow rows -> "each step by itself";
            case Stepping.Recurrent recurrent -> "from a state of " + recurrent.widths().size()
                    + (recurrent.widths().size() == 1 ? " value" : " values");
            case Stepping.Window window -> "from the inputs of " + window.steps() + " steps before";
            case Stepping.WholeSequence whole -> "no, it " + whole.reason();
        };
    }

    private static <V> void row(StringBuilder page, Option<V> option) {
        Object standard = option.isRequired() ? null : option.kind().write(option.standard());
        page.append("| `").append(option.name()).append("` | ").append(option.kind().words())
                .append(option.isKerass() ? "" : "; not in Keras")
                .append(option.formerName() == null ? "" : "; once `" + option.formerName() + "`").append(" | ")
                .append(option.isRequired() ? "required" : standard == null ? "none" : "`" + standard + "`")
                .append(" |\n");
    }
}
