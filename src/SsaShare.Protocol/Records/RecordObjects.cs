using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Protocol;

/// <summary>The objects of records that are about more than one, in the tags that agreements name.</summary>
internal static class RecordObjects
{
    /// <summary>The catalogue whose numbers are the tags of objects.</summary>
    private const string Satcat = "SATCAT";

    private const string NotGiven = "UNKNOWN";

    /// <summary>Both objects of a message, each by its number and by its international designator.</summary>
    public static ObjectTags Of(ConjunctionMessage message) => ObjectTags.Of([Names(message.First), Names(message.Second)]);

    /// <summary>Every object of a notice.</summary>
    public static ObjectTags Of(EventNotice notice) => ObjectTags.Of(notice.ObjectTags.Select(tag => new[] { tag }));

    /// <remarks>The designator of another catalogue may be the same number and another object, so such an object is not known: it may be any.</remarks>
    private static string[] Names(ConjunctionObject body)
        => !string.Equals(body.Catalog, Satcat, StringComparison.OrdinalIgnoreCase) || IsMissing(body.Designator) ? []
            : IsMissing(body.InternationalDesignator) ? [body.Designator] : [body.Designator, body.InternationalDesignator];

    private static bool IsMissing(string name) => name.Length == 0 || string.Equals(name, NotGiven, StringComparison.OrdinalIgnoreCase);
}
