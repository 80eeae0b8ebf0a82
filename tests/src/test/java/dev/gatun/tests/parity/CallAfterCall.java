package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;

/** A stateful model of Keras's: three calls, a reset, and the first call again. */
final class CallAfterCall {

    private static final int CALLS = 3;

    private CallAfterCall() {}

    static void check(Model model, JsonNode numbers, String name, double limit, Worst worst) {
        for (int call = 0; call <= CALLS; call++) {
            if (call == CALLS) {
                model.resetStates();
            }
            Tensor output = model.predict(Parity.tensor(JsonArrays.shaped(numbers.get("in_" + call % CALLS))));
            FixtureTensor expected = JsonArrays.shaped(numbers.get("out_" + call));
            assertEquals(Parity.tensor(expected).shape(), output.shape());
            worst.within("calls of stateful models", limit, name + "/out_" + call, output.toArray(),
                    expected.values());
        }
        assertEquals(1, model.outputNames().size());
    }
}
