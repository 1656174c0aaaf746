namespace SsaShare.Agreements;

/// <summary>
/// The objects that a record is about, as it tags them: none known, one, or several, each by one name or more. Immutable; equal by its text.
/// </summary>
/// <remarks>One string, so that a record about one object costs no more than its tag, here and in the store.</remarks>
public readonly record struct ObjectTags
{
    internal const char BetweenObjects = '\n', BetweenNames = '\t';
    private readonly string? _text;

    private ObjectTags(string? text) => (_text, AreSeveral) = (text, text is not null && text.AsSpan().ContainsAny(BetweenObjects, BetweenNames));

    /// <summary>No object is known.</summary>
    public static ObjectTags None => default;

    /// <summary>One object by one tag; none when the tag is null, empty or has a control character.</summary>
    public static ObjectTags Of(string? tag) => new(IsTag(tag) ? tag : null);

    /// <summary>Every object of the record, also those that are not known.</summary>
    /// <param name="objects">The names by which each goes. One with no name, or with a control character in one, is an object that is not known.</param>
    public static ObjectTags Of(IEnumerable<IReadOnlyCollection<string>> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        string text = string.Join(BetweenObjects, objects.Select(names => names.All(IsTag) ? string.Join(BetweenNames, names) : ""));
        return new(text.AsSpan().Trim(BetweenObjects).IsEmpty ? null : text);
    }

    /// <summary>From what <see cref="Text"/> told.</summary>
    public static ObjectTags Parse(string? text) => new(string.IsNullOrEmpty(text) ? null : text);

    /// <summary>A tag stands for the object that it names.</summary>
    public static implicit operator ObjectTags(string? tag) => Of(tag);

    /// <summary>For the store: a tag as it is; several objects one to a line, names of one object between tabs. Null when none is known.</summary>
    public string? Text => _text;

    /// <summary>Whether none is known.</summary>
    public bool IsNone => _text is null;

    /// <summary>Whether there is more than one object, or one that goes by more than one name.</summary>
    public bool AreSeveral { get; }

    /// <summary>The tag of the one object with one name; null otherwise.</summary>
    public string? OnlyTag => AreSeveral ? null : _text;

    /// <summary>For people, such as "25544 (1998-067A), 81900"; empty when none is known.</summary>
    public override string ToString() => _text is null ? "" : string.Join(", ", _text.Split(BetweenObjects).Select(Words));

    private static string Words(string names) => names.Split(BetweenNames) switch
    {
        [var first, _, ..] all => $"{first} ({string.Join(", ", all[1..])})",
        _ => names.Length == 0 ? "unknown" : names,
    };

    private static bool IsTag(string? tag) => tag is { Length: > 0 } && !tag.Any(char.IsControl);
}
