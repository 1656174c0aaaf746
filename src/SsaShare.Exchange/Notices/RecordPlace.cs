using System.Text.Json.Serialization;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Which record of which publication: what everybody who has it knows it by, in whatever form it was given.</summary>
/// <param name="Publication">SHA-256 of the payload of the originator's signed publication.</param>
/// <param name="Index">In that publication, from 0.</param>
[method: JsonConstructor]
public readonly record struct RecordPlace(Hash256 Publication, int Index)
{
    /// <summary>Whether a publication can have a record at that index.</summary>
    [JsonIgnore]
    public bool IsPossible => Index is >= 0 and < PublicationDocument.SizeMax;

    public override string ToString() => $"{Publication}/{Index}";
}
