package dev.gatun.tests.onnxrun;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sound graphs of every operator, damaged at random from a seed: whatever comes out ends soon, in a result or in one sentence. */
final class OnnxFuzzTest {

    private static final int GRAPHS = 1500;
    private static final long SEED = 20261127;
    private static final Duration SOON = Duration.ofSeconds(120);

    @Test
    void damagedGraphsEndInOneSentence() throws IOException {
        List<ModelProto> sound = sound();
        assertTrue(sound.size() > 600, sound.size() + " graphs");
        for (int i = 0; i < GRAPHS; i++) {
            long seed = SEED + i;
            Random random = new Random(seed);
            byte[] bytes = new DamagedGraph(random).damaged(sound.get(random.nextInt(sound.size()))).toByteArray();
            assertTimeoutPreemptively(SOON, () -> OnnxDamageTest.survives(bytes), () -> "seed " + seed);
        }
    }

    static List<ModelProto> sound() throws IOException {
        List<ModelProto> sound = new ArrayList<>();
        for (String resource : List.of("/onnx/operators.json", "/onnx/graphs.json")) {
            for (JsonNode one : OnnxOperatorsTest.cases(resource)) {
                sound.add(ModelProto.parseFrom(Base64.getDecoder().decode(one.get("model").asText())));
            }
        }
        return sound;
    }
}
