using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>
/// A node tree to an agreement, authored (parties are names) or fixed (parties have keys); one reader, so that both formats have one
/// vocabulary and the same rules. Total: it reports what is wrong and never throws. For one document only.
/// </summary>
internal sealed partial class AgreementReader
{
    private const int PartyBytesMax = 256;

    private readonly IssueList _issues = new();
    private ImmutableArray<DraftParty> _parties = [];
    private ImmutableArray<DataMode> _dataModes = [];
    private Epoch? _validFrom, _validUntil;

    public DocumentResult<AgreementDraft> ReadDraft(DocumentNode root)
    {
        var fields = Fields.Of(root, "an agreement", Words.Document, _issues);
        if (fields?.Need(Words.Parties) is { } parties) _parties = ReadAuthoredParties(parties);
        CheckPartyCount(fields);
        var terms = fields is null ? null : ReadTerms(fields);
        if (terms is null || !_issues.IsEmpty) return new(_issues.InOrder);
        var draft = new AgreementDraft(_parties, terms);
        CheckSize(root, draft);
        return _issues.IsEmpty ? new(draft) : new(_issues.InOrder);
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

    /// <summary>Reports a draft that would be too large when fixed: JSON needs more characters than YAML, and every party a key.</summary>
    private void CheckSize(DocumentNode root, AgreementDraft draft)
    {
        if (AgreementPayload.Write(draft).Length > DocumentLimits.BytesMax - DocumentLimits.PartiesMax * PartyBytesMax)
            _issues.Add(root, $"Too large: as JSON, with the parties' keys, it would exceed {DocumentLimits.BytesMax} bytes.");
    }

    private AgreementTerms? ReadTerms(Fields fields)
    {
        if (fields.Need(Words.Kind) is { } kind && Text(kind) is { } text && text != Words.KindV1)
            _issues.AddUnknown((ScalarNode)kind, "kind of document", [Words.KindV1]);
        string? title = fields.Need(Words.Title) is { } titleNode ? ReadTitle(titleNode) : null;
        _validFrom = fields.Need(Words.ValidFrom) is { } fromNode ? ReadTime(fromNode) : null;
        _validUntil = fields.Need(Words.ValidUntil) is { } untilNode ? ReadTime(untilNode) : null;
        if (_validUntil <= _validFrom) _issues.Add(fields.Find(Words.ValidUntil)!, $"'{Words.ValidUntil}' is not after '{Words.ValidFrom}'.");
        if (fields.Need(Words.DataModes) is { } modes) _dataModes = ReadList<DataMode>(modes, Words.DataModes, WordReader(Vocabulary.DataModes));
        AgreementId? supersedes = fields.Find(Words.Supersedes) is { } old ? ReadAgreementId(old) : null;
        // What clauses refer to is read before them, wherever it stands.
        if (fields.Find(Words.ObjectLists) is { } lists) _lists = ReadObjectLists(lists);
        if (fields.Find(Words.DegradationProfiles) is { } profiles) _profiles = ReadProfiles(profiles);
        _minimum = fields.Find(Words.SafetyOfFlightMinimum) is { } minimum ? ReadMinimum(minimum) : null;
        var grants = fields.Need(Words.Grants) is { } grantsNode ? ReadClauses(grantsNode, ReadGrant) : [];
        var prohibitions = fields.Find(Words.Prohibitions) is { } prohibitionsNode ? ReadClauses(prohibitionsNode, ReadProhibition) : [];
        var limits = fields.Find(Words.Limits) is { } limitsNode ? ReadLimits(limitsNode) : [];
        CheckProfilesAgree(grants);
        CheckWindowsAgree(grants);
        var receipts = Word(fields, Words.Receipts, Vocabulary.Receipts);
        var afterEnd = Word(fields, Words.AfterEnd, Vocabulary.AfterEnds);
        var (quorum, witnesses, grace) = ReadWitnessing(fields);
        if (title is null || _validFrom is null || _validUntil is null) return null;
        return new AgreementTerms
        {
            Title = title,
            ValidFrom = _validFrom.Value,
            ValidUntil = _validUntil.Value,
            DataModes = _dataModes,
            Supersedes = supersedes,
            ObjectLists = _lists,
            DegradationProfiles = _profiles,
            SafetyOfFlightMinimum = _minimum,
            Limits = limits,
            Receipts = receipts,
            WitnessQuorum = quorum,
            Witnesses = witnesses,
            WitnessGrace = grace,
            AfterEnd = afterEnd,
            Grants = grants,
            Prohibitions = prohibitions,
        };
    }
}
