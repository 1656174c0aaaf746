using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    /// <summary>Names, or mappings of a name and a tier.</summary>
    private ImmutableArray<DraftParty> ReadAuthoredParties(DocumentNode node)
    {
        if (Items(node, Words.Parties) is not { } items) return [];
        var parties = ImmutableArray.CreateBuilder<DraftParty>(items.Length);
        foreach (var item in items)
        {
            PartnerId partner;
            var tier = CapabilityTier.Full;
            if (item is MappingNode)
            {
                if (Fields.Of(item, "a party", Words.AuthoredParty, _issues) is not { } fields) continue;
                tier = Word(fields, Words.Tier, Vocabulary.Tiers);
                if (fields.Need(Words.Partner) is not { } name || !TryReadPartner(name, out partner)) continue;
            }
            else if (!TryReadPartner(item, out partner))
            {
                continue;
            }
            if (parties.Any(party => party.Partner == partner)) _issues.Add(item, $"'{partner}' is listed twice in '{Words.Parties}'.");
            else parties.Add(new DraftParty(partner, tier));
        }
        return parties.ToImmutable();
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
            var tier = Word(fields, Words.Tier, Vocabulary.Tiers);
            if (!read) continue;
            if (parties.Any(party => party.Partner == partner)) _issues.Add(item, $"'{partner}' is listed twice.");
            else if (parties.Any(party => party.SigningKey == key)) _issues.Add(item, "Two parties have the same signing key.");
            else parties.Add(new AgreementParty(partner, key, card, tier));
        }
        return parties.ToImmutable();
    }

    private void CheckPartyCount(Fields? fields)
    {
        if (fields?.Find(Words.Parties) is not { } node || !_issues.IsEmpty) return;
        if (_parties.Length < 2) _issues.Add(node, "An agreement has at least two parties.");
        if (_parties.Length > DocumentLimits.PartiesMax) _issues.Add(node, $"An agreement has at most {DocumentLimits.PartiesMax} parties.");
    }

    private bool IsParty(PartnerId partner) => _parties.Any(party => party.Partner == partner);

    private bool TryReadPartner(DocumentNode node, out PartnerId partner)
    {
        partner = default;
        if (Text(node) is not { } text) return false;
        if (PartnerId.TryParse(text, out partner)) return IsDistinct(node, "partner", text);
        _issues.Add(node, $"'{Show.Text(text)}' is not a partner id: 2 to 32 of a-z, 0-9 and '-', beginning with a letter.{LookAlike.Hint(text)}");
        return false;
    }

    private bool TryReadPartyName(DocumentNode node, out PartnerId partner)
    {
        if (!TryReadPartner(node, out partner)) return false;
        if (IsParty(partner)) return true;
        _issues.AddUnknown((ScalarNode)node, "party of this agreement", _parties.Select(party => party.Partner.Value));
        return false;
    }
}
