using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    private (int Quorum, ImmutableArray<PartnerId> Witnesses, TimeSpan Grace) ReadWitnessing(Fields fields)
    {
        int quorum = (int)(Whole(fields, Words.WitnessQuorum, 0, DocumentLimits.WitnessQuorumMax) ?? 0);
        var witnesses = fields.Find(Words.Witnesses) is { } node ? ReadList<PartnerId>(node, Words.Witnesses, TryReadPartner) : [];
        var grace = Span(fields, Words.WitnessGrace) ?? AgreementTerms.DefaultWitnessGrace;
        foreach (string word in new[] { Words.Witnesses, Words.WitnessGrace })
            if (quorum == 0 && fields.Find(word) is { } unused) _issues.Add(unused, $"'{word}' says nothing without '{Words.WitnessQuorum}'.");
        if (fields.Find(Words.WitnessQuorum) is { } quorumNode) CheckQuorum(quorumNode, quorum, witnesses);
        return (quorum, witnesses, grace);
    }

    /// <summary>A quorum that can never be had would close the agreement for good, which is not what its authors mean.</summary>
    private void CheckQuorum(DocumentNode node, int quorum, ImmutableArray<PartnerId> witnesses)
    {
        var all = witnesses.IsEmpty ? [.. _parties.Select(party => party.Partner)] : witnesses;
        foreach (var provider in _parties.Where(party => party.Tier != CapabilityTier.ReceiveOnly).Select(party => party.Partner))
        {
            int count = all.Count(witness => witness != provider);
            if (count >= quorum) continue;
            _issues.Add(node, $"'{Words.WitnessQuorum}' asks for {quorum} witnesses, and for '{provider}' {count} count: nobody witnesses its own log.");
            return;
        }
    }
}
