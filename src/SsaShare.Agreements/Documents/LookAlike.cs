using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace SsaShare.Agreements;

/// <summary>Characters that people take for others: so that nobody signs a name that is another's.</summary>
/// <remarks>After Unicode Technical Standard 39, reduced to what looks like ASCII in common fonts.</remarks>
internal static class LookAlike
{
    // Each character with the one it looks like: Cyrillic, Greek, Latin of phonetics and Armenian, hyphens and quotes.
    private const string Pairs =
        "\u0430a\u0435e\u043Eo\u0440p\u0441c\u0445x\u0443y\u0456i\u0458j\u0455s\u0501d\u04BBh\u051Bq\u051Dw\u0475v\u043Ak" +
        "\u043Cm\u0442t\u0432b\u043Dh\u0433r\u0410A\u0412B\u0415E\u041AK\u041CM\u041DH\u041EO\u0420P\u0421C\u0422T\u0423Y" +
        "\u0425X\u0406I\u0408J\u0405S\u050CG\u051AQ\u051CW" +
        "\u03B1a\u03BFo\u03C1p\u03BDv\u03B9i\u03BAk\u03C4t\u03C5u\u03C7x\u03B3y\u03C9w\u03B5e\u03B7n\u0391A\u0392B\u0395E" +
        "\u0396Z\u0397H\u0399I\u039AK\u039CM\u039DN\u039FO\u03A1P\u03A4T\u03A5Y\u03A7X" +
        "\u0131i\u0251a\u0261g\u0269i\u029Fl\u0585o\u057Du\u0570h\u0578n\u0581g\u0566q" +
        "\u2010-\u2011-\u2012-\u2013-\u2014-\u2212-\uFE63-\u2019'\u2018'\u02BC'\u2032'";

    private static readonly FrozenDictionary<char, char> Like = Enumerable.Range(0, Pairs.Length / 2).ToFrozenDictionary(i => Pairs[2 * i], i => Pairs[2 * i + 1]);

    /// <summary>Equal for two names exactly when people could take one for the other.</summary>
    public static string Skeleton(string name)
    {
        var result = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            char next = i + 1 < name.Length ? name[i + 1] : ' ';
            if ((name[i], next) is ('r', 'n') or ('v', 'v')) result.Append(name[i++] == 'r' ? 'm' : 'w');
            else
                result.Append(name[i] switch { '0' or 'O' => 'o', '1' or 'I' or 'i' => 'l', '5' or 'S' => 's', '_' => '-', var c => char.ToLowerInvariant(c) });
        }
        return result.ToString();
    }

    /// <summary>" Its character 3 is U+0430, which looks like 'a'." for the first character outside ASCII, or nothing.</summary>
    public static string Hint(string text)
    {
        int position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            position++;
            if (rune.IsAscii) continue;
            string like = Of(rune) is { } c ? $", which looks like {(c == ' ' ? "a space" : $"'{c}'")}" : "";
            return $" Its character {position} is U+{rune.Value:X4}{like}.";
        }
        return "";
    }

    /// <summary>Why a text for people could mislead them: look-alikes of ASCII, or letters of several alphabets in one word; null when it does not.</summary>
    public static string? WhyMisleading(string text)
    {
        bool latin = false;
        string? foreign = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            if (!Rune.IsLetter(rune)) (latin, foreign) = (false, null);
            else if (rune.Value < 0x250) latin = true;
            else if (foreign is null && Of(rune) is { } c) foreign = $"Contains U+{rune.Value:X4}, which looks like '{c}', among other letters.";
            if (IsCompatible(rune)) return $"Contains U+{rune.Value:X4}, which looks like {(Of(rune) is { } like && like != ' ' ? $"'{like}'" : "a space")}.";
            if (latin && foreign is not null) return foreign;
        }
        return null;
    }

    /// <summary>What a signer cannot see: controls, formats (zero width, writing direction), fillers, variation selectors, private and lone surrogates.</summary>
    public static bool IsInvisible(Rune rune)
        => rune.Value is < ' ' or > '~' && (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
            || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
                or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF));

    /// <summary>The ASCII character that the rune looks like; null when it looks like none.</summary>
    private static char? Of(Rune rune)
    {
        if (rune.Value is >= 0xFF01 and <= 0xFF5E) return (char)(rune.Value - 0xFF01 + '!');
        if (rune.Value is >= 0x1D400 and <= 0x1D6A3) return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(rune.Value - 0x1D400) % 52];
        if (rune.Value is >= 0x1D7CE and <= 0x1D7FF) return (char)('0' + (rune.Value - 0x1D7CE) % 10);
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator) return ' ';
        return rune.IsBmp && Like.TryGetValue((char)rune.Value, out char like) ? like : null;
    }

    /// <summary>Another writing of an ASCII character: fullwidth, mathematical, or a space of another width.</summary>
    private static bool IsCompatible(Rune rune)
        => rune.Value is (>= 0xFF01 and <= 0xFF5E) or (>= 0x1D400 and <= 0x1D7FF) || (!rune.IsAscii && Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator);
}
