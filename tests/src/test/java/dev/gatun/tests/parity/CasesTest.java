package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixtures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Numbers of Keras's, ONNX Runtime's and TensorFlow 1's own tests, and of files that Keras wrote, each by name; and the one
 * list of what is not covered, of these and of the fixtures of {@link ParityTest}. Without {@code ../shared} there are none.
 */
final class CasesTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity");

    /** By where they stand. */
    private static Map<String, List<Case>> cases() {
        Map<String, List<Case>> cases = new LinkedHashMap<>();
        cases.put("keras3", KerasFiles.all(WORST));
        cases.put("oracles/keras3b", OracleFiles.all(WORST));
        cases.put("oracles/keras3b, built in Java", RebuiltFiles.all(WORST));
        cases.put("wild", WildFiles.all(WORST));
        cases.put("oracles/train3", TrainingOracles.all(WORST));
        cases.put("cases/keras_rnn_cases.json", KerasCases.all(WORST));
        cases.put("cases/ort_lstm_cases.json", OnnxCases.all(WORST));
        cases.put("cases/tf1_lstm_cases.json", Tf1Cases.all(WORST));
        return cases;
    }

    @TestFactory
    Stream<DynamicContainer> casesOfOthers() {
        return cases().entrySet().stream()
                .map(file -> DynamicContainer.dynamicContainer(file.getKey(), Case.tests(file.getValue())));
    }

    /** What is not covered is printed, not hidden; no case is lost on the way. */
    @Test
    void theListOfCasesThatAreNotCoveredIsPrinted() {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Map<String, List<Case>> all = new LinkedHashMap<>();
        all.put("fixtures", Fixtures.all().stream().map(Parity::asCase).toList());
        all.putAll(cases());
        all.forEach((where, cases) -> {
            List<Case> open = cases.stream().filter(one -> one.whyNot() != null).toList();
            assertEquals(cases.size(), cases.stream().map(Case::name).distinct().count(), "names in " + where);
            System.out.println("parity, not covered in " + where + ": " + open.size() + " of " + cases.size());
            open.forEach(one -> System.out.println("  " + one.name() + ": " + one.whyNot()));
        });
        assertEquals(56, all.get("cases/keras_rnn_cases.json").size());
        assertEquals(29, all.get("cases/ort_lstm_cases.json").size());
        assertEquals(28, all.get("cases/tf1_lstm_cases.json").size());
        assertEquals(WildFiles.NAMES, all.get("wild").stream().filter(one -> one.whyNot() == null).map(Case::name)
                .toList());
        assertEquals(all.get("oracles/keras3b").stream().map(Case::name).toList(),
                all.get("oracles/keras3b, built in Java").stream().map(Case::name).toList());
    }
}
