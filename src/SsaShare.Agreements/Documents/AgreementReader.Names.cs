namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    private const string NameRule = "1 to 64 of a-z, 0-9 and '-', beginning with a letter";

    private readonly Dictionary<(string Noun, string Skeleton), string> _names = [];

    private delegate bool NameParser<T>(string? text, out T name);

    /// <summary>The id of a mapping: needed, written like every id, not to be confused with another of its kind.</summary>
    private T? ReadName<T>(Fields fields, string noun, NameParser<T> parse)
        where T : struct
    {
        if (fields.Need(Words.Id) is not { } node || Text(node) is not { } text) return null;
        if (parse(text, out var id)) return IsDistinct(node, noun, text) ? id : null;
        _issues.Add(node, $"'{Show.Text(text)}' is not a {noun} id: {NameRule}.{LookAlike.Hint(text)}");
        return null;
    }

    /// <summary>Reports a name that people could take for another one of the document.</summary>
    private bool IsDistinct(DocumentNode node, string noun, string name)
    {
        var key = (noun, LookAlike.Skeleton(name));
        if (!_names.TryGetValue(key, out string? known)) _names.Add(key, known = name);
        if (known == name) return true;
        _issues.Add(node, $"'{name}' looks like the {noun} '{known}'. Choose names that nobody can mix up.");
        return false;
    }
}
