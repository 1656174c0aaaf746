using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    private ImmutableArray<ObjectList> _lists = [];

    private ImmutableArray<ObjectList> ReadObjectLists(DocumentNode node)
    {
        if (Items(node, Words.ObjectLists) is not { } items) return [];
        var lists = ImmutableArray.CreateBuilder<ObjectList>();
        foreach (var item in items)
        {
            if (Fields.Of(item, "an object list", Words.ObjectList, _issues) is not { } fields || ReadName<ObjectListId>(fields, "list", ObjectListId.TryParse) is not { } id) continue;
            var objects = fields.Need(Words.Objects) is { } objectsNode ? ReadList<ObjectTag>(objectsNode, Words.Objects, TryReadObject) : [];
            NationCode? nation = fields.Find(Words.OwnerNation) is { } nationNode && TryReadNation(nationNode, out var code) ? code : null;
            PartnerId? party = fields.Find(Words.ProtectedBy) is { } partyNode && TryReadPartyName(partyNode, out var name) ? name : null;
            if (lists.Any(list => list.Id == id)) _issues.Add(item, $"An object list '{id}' was given before.");
            if (lists.Count == DocumentLimits.ObjectListsMax) _issues.Add(item, $"An agreement has at most {DocumentLimits.ObjectListsMax} object lists.");
            if (lists.Count > DocumentLimits.ObjectListsMax) break;
            lists.Add(new ObjectList(id, objects, nation, party));
        }
        return lists.ToImmutable();
    }

    private bool TryReadNation(DocumentNode node, out NationCode nation)
    {
        nation = default;
        if (Text(node) is not { } text) return false;
        if (NationCode.TryParse(text, out nation)) return true;
        string hint = NationCode.TryParse(text.ToUpperInvariant(), out var upper) ? $" Did you mean '{upper}'?" : text == "UK" ? " The United Kingdom is 'GB'." : "";
        _issues.Add(node, $"'{Show.Text(text)}' is not a nation: two letters as ISO 3166-1 assigns them, upper case.{LookAlike.Hint(text)}{hint}");
        return false;
    }

    private bool TryReadListName(DocumentNode node, out ObjectListId id)
    {
        id = default;
        if (Text(node) is not { } text) return false;
        if (ObjectListId.TryParse(text, out var name) && _lists.Any(list => list.Id == name))
        {
            id = name;
            return true;
        }
        _issues.AddUnknown((ScalarNode)node, "object list of this agreement", _lists.Select(list => list.Id.Value));
        return false;
    }

    /// <summary>A nation that owns the objects of some list.</summary>
    private bool TryReadOwner(DocumentNode node, out NationCode nation)
    {
        if (!TryReadNation(node, out nation)) return false;
        var wanted = nation;
        if (_lists.Any(list => list.OwnerNation == wanted)) return true;
        _issues.Add(node, $"No object list has '{Words.OwnerNation}: {nation}'.");
        return false;
    }

    /// <summary>A party that protects the objects of some list.</summary>
    private bool TryReadProtector(DocumentNode node, out PartnerId party)
    {
        if (!TryReadPartyName(node, out party)) return false;
        var wanted = party;
        if (_lists.Any(list => list.ProtectedBy == wanted)) return true;
        _issues.Add(node, $"No object list has '{Words.ProtectedBy}: {party}'.");
        return false;
    }
}
