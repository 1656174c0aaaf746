namespace SsaShare.Signing;

/// <summary>Changes of keys by their words.</summary>
public static class KeyActionWords
{
    /// <summary>The word that a key event has for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no action.</exception>
    public static string Word(this KeyAction action) => action switch
    {
        KeyAction.Rotate => "rotate",
        KeyAction.Revoke => "revoke",
        KeyAction.Restore => "restore",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "It is no action."),
    };
}
