package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What trainers of guitar amplifiers write beside a state dict, {@code model_data}: the class {@code SimpleRNN} of theirs, which is
 * a recurrent module, a linear one, and a way past both. Source: {@code CoreAudioML/networks.py} of
 * github.com/Alec-Wright/CoreAudioML.
 */
final class AmplifierData {

    /** The key under which it stands. */
    static final String KEY = "model_data";

    private final OptionReader data;
    private final Object skip;

    AmplifierData(Map<String, Object> values) {
        this.data = new OptionReader("Its " + KEY, values);
        this.skip = values.get("skip");
        String model = data.text("model", "SimpleRNN");
        if (!model.equals("SimpleRNN")) {
            throw new IllegalArgumentException("its model_data says model " + FormatException.quote(model)
                    + ", expected SimpleRNN: a recurrent module and a linear one");
        }
    }

    /** Features of the input that are added to what the modules make. */
    int skipped() {
        if (skip instanceof Boolean isSkipped) {
            return isSkipped ? 1 : 0;
        }
        int skipped = skip != null ? data.integer("skip") : 1;
        if (skipped < 0) {
            throw new IllegalArgumentException("its model_data says skip " + skipped + ", expected at least 0");
        }
        return skipped;
    }

    /** What was decided, and for what it was made. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (skip == null) {
            notes.add("its model_data say nothing of skip: it is 1, the default of the class SimpleRNN");
        }
        if (skipped() > 0) {
            notes.add("skip " + skipped() + ": the input is added to what the modules make");
        }
        if (data.has("sample_rate")) {
            notes.add("made for " + data.number("sample_rate", 0) + " samples a second");
        }
        return notes;
    }

    /**
     * The order of the class.
     *
     * @throws IllegalArgumentException if the modules are not what the data say: names both
     */
    TorchArchitecture architecture(List<TorchModule> modules) {
        TorchModule recurrent = null;
        TorchModule linear = null;
        for (TorchModule module : modules) {
            recurrent = module.kind().isRecurrent() ? module : recurrent;
            linear = module.kind() == ModuleKind.LINEAR ? module : linear;
        }
        if (modules.size() != 2 || recurrent == null || linear == null) {
            throw new IllegalArgumentException(
                    "its model_data says SimpleRNN, which is a recurrent module and a linear one,"
                            + " but its state dict has " + String.join(", ", modules.stream().limit(20)
                                    .map(TorchModule::shown).toList()));
        }
        String unit = data.text("unit_type", recurrent.kind().word);
        if (!unit.equals(recurrent.kind().word)) {
            throw new IllegalArgumentException("its model_data says unit_type " + FormatException.quote(unit)
                    + ", but module " + recurrent.shown() + " is another by the shapes of its parameters");
        }
        RecurrentForm form = recurrent.form();
        require("input_size", form.inputs());
        require("hidden_size", form.units());
        require("num_layers", form.layers());
        require("output_size", linear.size("weight", 0));
        TorchArchitecture order = TorchArchitecture.forward(recurrent.label(), linear.label());
        return form.kind() == ModuleKind.RNN ? order.with(recurrent.label(), "nonlinearity", "tanh") : order;
    }

    private void require(String size, int got) {
        if (data.has(size) && data.integer(size) != got) {
            throw new IllegalArgumentException("its model_data says " + size + " " + data.integer(size)
                    + ", but the shapes of its parameters " + got + "; copy or download it again");
        }
    }
}
