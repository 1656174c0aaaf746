using System.Text;

namespace SsaShare.Signing;

/// <summary>The name of a signed note's key, by convention a URL without its scheme, such as <c>node.example/log</c>.</summary>
public static class NoteKeyName
{
    /// <summary>Longest name accepted, in UTF-16 characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Whether the name is one: not empty, no white space, no plus, no control characters (C2SP signed-note).</summary>
    public static bool IsValid(string name)
        => name.Length is > 0 and <= MaxLength
            && !name.Any(character => character == '+' || char.IsWhiteSpace(character) || char.IsControl(character))
            && IsWellFormed(name);

    /// <exception cref="ArgumentException">The name is not valid.</exception>
    internal static string Checked(string name)
        => IsValid(name) ? name : throw new ArgumentException($"'{name}' is not a note key name: no spaces, no plus, 1 to {MaxLength} characters.", nameof(name));

    /// <summary>No lone surrogates: those have no UTF-8 form.</summary>
    private static bool IsWellFormed(string name)
    {
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
