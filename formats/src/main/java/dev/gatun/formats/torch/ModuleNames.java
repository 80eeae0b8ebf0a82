package dev.gatun.formats.torch;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Names of modules as somebody says them, who may leave out how they begin: {@code DataParallel} puts {@code module.} in front of all
 * of a state dict, {@code torch.compile} {@code _orig_mod.}, and trainers put {@code model.}.
 */
final class ModuleNames {

    /** Modules, and what holds them. */
    private final Set<String> names = new HashSet<>();

    /** @param parameters names of a state dict */
    ModuleNames(Collection<String> parameters) {
        for (String parameter : parameters) {
            for (int dot = parameter.lastIndexOf('.'); dot > 0; dot = parameter.lastIndexOf('.', dot - 1)) {
                if (!names.add(parameter.substring(0, dot))) {
                    break; // And so are all that hold it.
                }
            }
        }
    }

    /**
     * The whole name.
     *
     * @param said a name, or how it ends
     * @return as it was said if no module is called so, or several are
     */
    String whole(String said) {
        if (names.contains(said)) {
            return said;
        }
        String found = null;
        for (String name : names) {
            if (name.endsWith("." + said)) {
                if (found != null) {
                    return said;
                }
                found = name;
            }
        }
        return found == null ? said : found;
    }
}
