using System.Collections.Immutable;

namespace SsaShare.Agreements;

/// <summary>An agreement as authored: it names partners but not yet their keys.</summary>
public sealed record AgreementDraft(ImmutableArray<DraftParty> Parties, AgreementTerms Terms)
{
    /// <summary>Reads an authored YAML document. Total: any bytes give a draft or the reasons why not.</summary>
    public static DocumentResult<AgreementDraft> ReadYaml(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return new AgreementReader().ReadDraft(YamlDocument.Read(utf8));
        }
        catch (DocumentException e)
        {
            return new DocumentResult<AgreementDraft>([e.Issue]);
        }
    }
}
