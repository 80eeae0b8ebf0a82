package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.CategoryEncoding;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.Rescaling;
import dev.gatun.layers.ConstantState;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
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
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/layers.md` says what the types of layers declare. After a change write it anew with
/// `-Dtest=LayersPageTest -Dlayers.page.write=true`, and read the diff.
final class LayersPageTest {

    private static final Path PAGE = SourceTree.ROOT.resolve("docs/layers.md");

    /// One layer of each class, as plain as it can be.
    private static final List<Layer> PLAIN = List.of(
            Input.shape(10, 3), Lstm.units(4), Gru.units(4), SimpleRnn.units(4), Dense.units(4), Activation.of("tanh"),
            Dropout.rate(0.5), TimeDistributed.of(Dense.units(4)), Permute.dims(2, 1), Masking.value(0),
            Embedding.of(4, 2).maskZero(), Normalization.of(), Rescaling.by(2), CategoryEncoding.tokens(4),
            IntegerLookup.of(4, 2), ConstantState.of(Tensor.zeros(4)), Bidirectional.of(Lstm.units(4)),
            Nested.chain(Input.sequence(3), Lstm.units(4)), Rnn.of(LstmCell.units(4)), LstmCell.units(4),
            GruCell.units(4), SimpleRnnCell.units(4), StackedRnnCells.of(LstmCell.units(4), GruCell.units(4)));

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

                Made from what the layers declare (`LayersPageTest`); do not edit. A Keras file is refused by name if it has another option, one that is marked as not in Keras, or another value of an option that has one value here. Every layer has `trainable` besides (true unless it is said otherwise), and but for inputs `activity_regularizer` (none unless it is said otherwise).
                """);
        for (LayerType<?> type : BuiltInTypes.ALL.all()) {
            if (type.getClass().getPackageName().startsWith("dev.gatun.layers.")) {
                section(page, type);
            }
        }
        return page.toString();
    }

    private static void section(StringBuilder page, LayerType<?> type) {
        Layer plain = PLAIN.stream()
                .filter(layer -> layer.getClass() == type.layerClass())
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("give " + type.layerClass().getSimpleName() + " an example here"));
        LayerType<Layer> known = BuiltInTypes.ALL.of(plain);
        page.append("\n## ").append(type.options().kind()).append("\n\n`").append(type.layerClass().getSimpleName())
                .append("`. Masks: ").append(known.masks(plain).name().toLowerCase(Locale.ROOT))
                .append(". Step by step: ")
                .append(words(known.stepping(plain))).append(". Laws: ")
                .append(known.laws(plain).stream().map(law -> law.words()).collect(Collectors.joining("; ")))
                .append(".\n\n| option | values | default |\n|---|---|---|\n");
        type.options().options().forEach(option -> row(page, option));
        type.options().only()
                .forEach((name, value) -> page.append("| `").append(name).append("` | only `").append(value)
                        .append("` | |\n"));
        type.options().ignored().forEach((name, why) -> page.append("| `").append(name)
                .append("` | any; it changes nothing: ").append(why).append(" | |\n"));
    }

    private static String words(Stepping stepping) {
        return switch (stepping) {
            case Stepping.RowByRow rows -> "each step by itself";
            case Stepping.Recurrent recurrent -> "from a state of " + recurrent.widths().size()
                    + (recurrent.widths().size() == 1 ? " value" : " values");
            case Stepping.WholeSequence whole -> "no, it " + whole.reason();
        };
    }

    private static <V> void row(StringBuilder page, Option<V> option) {
        Object standard = option.isRequired() ? null : option.kind().write(option.standard());
        page.append("| `").append(option.name()).append("` | ").append(option.kind().words())
                .append(option.isKerass() ? "" : "; not in Keras").append(" | ")
                .append(option.isRequired() ? "required" : standard == null ? "none" : "`" + standard + "`")
                .append(" |\n");
    }
}
