package dev.gatun.formats.torch;

import java.util.Collection;

/**
 * Names of modules as somebody says them, who may leave out how they begin: {@code DataParallel} puts {@code module.} in front of all
 * of a state dict, {@code torch.compile} {@code _orig_mod.}, and trainers put {@code model.}.
 *
 * @param parameters names of a state dict
 */
record ModuleNames(Collection<String> parameters) {

    /**
     * The whole name.
     *
     * @param said a name, or how it ends
     * @return as it was said if a module, or what holds some, is called so, or if none or several end so
     */
    String whole(String said) {
        String inside = said + ".";
        String ending = "." + inside;
        String found = null;
        boolean isSole = true;
        for (String parameter : parameters) {
            if (parameter.startsWith(inside)) {
                return said;
            }
            int at = parameter.indexOf(ending);
            if (at >= 0) {
                isSole &= found == null || parameter.startsWith(found + ".");
                found = found == null ? parameter.substring(0, at + ending.length() - 1) : found;
            }
        }
        return found != null && isSole ? found : said;
    }
}
