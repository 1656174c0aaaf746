using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements;

/// <summary>
/// A node tree to an agreement, authored (parties are names) or fixed (parties have keys); one reader, so that both formats have one
/// vocabulary and the same rules. Total: it reports what is wrong and never throws. For one document only.
/// </summary>
internal sealed partial class AgreementReader
{
    private readonly IssueList _issues = new();
    private ImmutableArray<DraftParty> _parties = [];
    private ImmutableArray<DataMode> _dataModes = [];

    public DocumentResult<AgreementDraft> ReadDraft(DocumentNode root)
    {
        var fields = Fields.Of(root, "an agreement", Words.Document, _issues);
        if (fields?.Need(Words.Parties) is { } parties) _parties = [.. ReadList<PartnerId>(parties, Words.Parties, TryReadPartner).Select(partner => new DraftParty(partner))];
        CheckPartyCount(fields);
        var terms = fields is null ? null : ReadTerms(fields);
        return terms is not null && _issues.IsEmpty ? new(new AgreementDraft(_parties, terms)) : new(_issues.InOrder);
    }

    public DocumentResult<Agreement> ReadPayload(DocumentNode root, ReadOnlySpan<byte> payload)
    {
        var fields = Fields.Of(root, "an agreement", Words.Document, _issues);
        var parties = fields?.Need(Words.Parties) is { } node ? ReadParties(node) : [];
        _parties = [.. parties.Select(party => new DraftParty(party.Partner, party.Tier))];
        CheckPartyCount(fields);
        var terms = fields is null ? null : ReadTerms(fields);
        return terms is not null && _issues.IsEmpty ? new(Agreement.FromPayload(payload, parties, terms)) : new(_issues.InOrder);
    }

    private AgreementTerms? ReadTerms(Fields fields)
    {
        if (fields.Need(Words.Kind) is { } kind && Text(kind) is { } text && text != Words.KindV1)
            _issues.AddUnknown((ScalarNode)kind, "kind of document", [Words.KindV1]);
        string? title = fields.Need(Words.Title) is { } titleNode ? ReadTitle(titleNode) : null;
        var from = fields.Need(Words.ValidFrom) is { } fromNode ? ReadTime(fromNode) : null;
        var until = fields.Need(Words.ValidUntil) is { } untilNode ? ReadTime(untilNode) : null;
        if (until <= from) _issues.Add(fields.Find(Words.ValidUntil)!, $"'{Words.ValidUntil}' is not after '{Words.ValidFrom}'.");
        if (fields.Need(Words.DataModes) is { } modes) _dataModes = ReadList<DataMode>(modes, Words.DataModes, WordReader(Vocabulary.DataModes));
        AgreementId? supersedes = fields.Find(Words.Supersedes) is { } old ? ReadAgreementId(old) : null;
        var grants = fields.Need(Words.Grants) is { } grantsNode ? ReadClauses(grantsNode, ReadGrant) : [];
        var prohibitions = fields.Find(Words.Prohibitions) is { } prohibitionsNode ? ReadClauses(prohibitionsNode, ReadProhibition) : [];
        if (title is null || from is null || until is null) return null;
        return new AgreementTerms
        {
            Title = title,
            ValidFrom = from.Value,
            ValidUntil = until.Value,
            DataModes = _dataModes,
            Supersedes = supersedes,
            Grants = grants,
            Prohibitions = prohibitions,
        };
    }

    private ImmutableArray<AgreementParty> ReadParties(DocumentNode node)
    {
        if (Items(node, Words.Parties) is not { } items) return [];
        var parties = ImmutableArray.CreateBuilder<AgreementParty>(items.Length);
        foreach (var item in items)
        {
            if (Fields.Of(item, "a party", Words.Party, _issues) is not { } fields) continue;
            PartnerId partner = default;
            KeyId key = default;
            NodeCardId card = default;
            bool read = fields.Need(Words.Partner) is { } partnerNode && TryReadPartner(partnerNode, out partner);
            read &= fields.Need(Words.SigningKey) is { } keyNode && TryReadHash(keyNode, "key id", KeyId.TryParse, out key);
            read &= fields.Need(Words.NodeCard) is { } cardNode && TryReadHash(cardNode, "node card id", NodeCardId.TryParse, out card);
            if (!read) continue;
            if (parties.Any(party => party.Partner == partner)) _issues.Add(item, $"'{partner}' is listed twice.");
            else if (parties.Any(party => party.SigningKey == key)) _issues.Add(item, "Two parties have the same signing key.");
            else parties.Add(new AgreementParty(partner, key, card));
        }
        return parties.ToImmutable();
    }

    private void CheckPartyCount(Fields? fields)
    {
        if (fields?.Find(Words.Parties) is not { } node || !_issues.IsEmpty) return;
        if (_parties.Length < 2) _issues.Add(node, "An agreement has at least two parties.");
        if (_parties.Length > DocumentLimits.PartiesMax) _issues.Add(node, $"An agreement has at most {DocumentLimits.PartiesMax} parties.");
    }
}
