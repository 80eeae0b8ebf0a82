package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.gatun.GatunProblem;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.formats.GatunModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Number 5: damaged training state is noticed when the model is loaded, not hours later when it is resumed. */
class Mended05DamagedTrainingTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "epochs":17            | "epochs":"x"             | 'epochs' as a whole number
            "epochs":17            | "epochs":null            | 'epochs' as a whole number
            "epochs":17            | "epochs":1.5             | 'epochs' as a whole number
            "epochs":17            | "epocha":17              | 'epochs' as a whole number
            "epochs":17            | "epochs":-1              | at least 0
            "epochs":17            | "epochs":12345678901234567890123 | 'epochs' as a whole number
            "steps":12345678901    | "steps":-3               | at least 0
            "steps":12345678901    | "steps":[1]              | 'steps' as a whole number
            "seed":-3              | "seed":NaN               | 'seed' as a whole number
            "optimizer_numbers":0  | "optimizer_numbers":-1   | 'optimizer_numbers'
            "learning_rate":0.001  | "learning_rate":NaN      | learning_rate must be positive and finite
            "learning_rate":0.001  | "learning_rate":-1       | learning_rate must be positive and finite
            "learning_rate":0.001  | "learning_rate":"fast"   | learning_rate
            "learning_rate":0.001  | "leaning_rate":0.001     | learning_rate
            "beta_1":0.9           | "beta_1":2               | beta_1
            "amsgrad":false        | "amsgrad":true           | velocity_hat
            "class_name":"Adam"    | "class_name":"Eve"       | Unknown optimizer 'Eve'
            "class_name":"Adam"    | "class_name":7           | class_name
            "velocity"]            | "speed"]                 | speed
            "velocity"]            | "momentum"]              | momentum, momentum
            "velocity"]            | null]                    | null
            ,"velocity"]           | ]                        | 1 moments
            "velocity"]            | "velocity"],"more":1     | more=1
            """)
    void aDamagedTrainingIsRefusedAtLoad(String sound, String damaged, String said) throws IOException {
        refused(GatunProblem.BROKEN_CONFIGURATION, said, (metadata, tensors) -> {
            String text = metadata.get("gatun.training");
            assertTrue(text.contains(sound), text);
            metadata.put("gatun.training", text.replace(sound, damaged));
        });
    }

    @Test
    void missingAndMisshapenMomentsAreRefusedAtLoad() throws IOException {
        refused(GatunProblem.MISSING_TENSOR, "moments/momentum/lstm/kernel",
                (metadata, tensors) -> tensors.remove("moments/momentum/lstm/kernel"));
        refused(GatunProblem.WRONG_SHAPE, "(16, 3)",
                (metadata, tensors) -> tensors.put("moments/momentum/lstm/kernel", Tensor.zeros(16, 3)));
    }

    /** So no such state can be saved either. */
    @Test
    void aStateThatCannotBeIsNotMade() {
        Map<String, Object> progress = Map.of(TrainingState.STEPS, 1L, TrainingState.EPOCHS, 1L, TrainingState.SEED, 1L,
                TrainingState.OPTIMIZER_NUMBERS, 1L);
        Map<String, Object> adam = Adam.rate(1).toConfig();
        for (String message : List.of(
                assertThrows(IllegalArgumentException.class, () -> new TrainingState(adam, progress, List.of()))
                        .getMessage(),
                assertThrows(IllegalArgumentException.class, () -> new TrainingState(adam, Map.of(), List.of()))
                        .getMessage(),
                assertThrows(NullPointerException.class, () -> new TrainingState(null, progress, List.of()))
                        .getMessage())) {
            assertEquals(1, message.lines().count());
        }
    }

    private void refused(GatunProblem problem, String said, GatunModels.Change change) throws IOException {
        Path sound = folder.resolve("sound.gatun");
        try (Model model = GatunModels.rich(1)) {
            model.save(sound);
        }
        Path damaged = folder.resolve("damaged.gatun");
        GatunModels.rewrite(sound, damaged, change);
        FormatException told = assertThrows(FormatException.class, () -> Model.load(damaged));
        assertEquals(problem, told.problem().orElse(null), told.getMessage());
        assertTrue(told.getMessage().contains(said), told.getMessage());
        assertEquals(1, told.getMessage().lines().count());
    }
}
