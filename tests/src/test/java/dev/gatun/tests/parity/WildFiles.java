package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.SafetensorsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code shared/wild}: {@code .keras} files that others have trained and published, with what Keras gives for an input. */
final class WildFiles {

    /** All of them, so that none is passed over. */
    static final List<String> NAMES = List.of("CDT406-EMG-2__Saved_models_120ms_model.keras",
            "CDT406-EMG-2__Saved_models_90ms_2state_model.keras",
            "aircraft-predictive-maintenance__models_lstm_model.keras", "quant_sentinel__models_decompose.keras");
    private static final double LIMIT = 1e-5;

    private WildFiles() {}

    static List<Case> all(Worst worst) {
        List<Case> cases = new ArrayList<>();
        Shared.find("wild").ifPresent(folder -> {
            for (Path file : KerasFiles.files(folder, ".keras")) {
                cases.add(Case.of(file.getFileName().toString(), () -> check(file, LIMIT, worst)));
            }
        });
        return cases;
    }

    static void check(Path file, double limit, Worst worst) throws IOException {
        Map<String, FixtureTensor> expected = SafetensorsReader
                .read(file.resolveSibling(file.getFileName() + ".expected.safetensors"));
        try (Model model = Model.load(file)) {
            List<Tensor> x = new ArrayList<>();
            while (expected.containsKey("x" + x.size())) {
                x.add(Parity.tensor(expected.get("x" + x.size())));
            }
            List<Tensor> y = model.predict(x);
            assertEquals(expected.size(), x.size() + y.size());
            for (int i = 0; i < y.size(); i++) {
                worst.within("files from the wild", limit, file.getFileName() + " y" + i, y.get(i).toArray(),
                        expected.get("y" + i).values());
            }
        }
    }
}
