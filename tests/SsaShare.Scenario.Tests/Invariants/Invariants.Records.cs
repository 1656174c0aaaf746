using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests;

/// <summary>Records and the positions in which they are counted.</summary>
internal sealed partial class Invariants
{
    /// <summary>Every payload is, byte for byte, what its id says; nobody has a record of one who did not publish it.</summary>
    private async Task<List<string>> FaultsInRecordsAsync(ScenarioNode node)
    {
        var faults = new List<string>();
        await using var command = node.Database!.CreateCommand("SELECT r.id, r.class, r.payload, p.originator FROM record r JOIN publication p ON p.key = r.publication");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            string id = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(0));
            var originator = PartnerId.Parse(reader.GetString(3));
            string computed = SealedRecord.ComputeId((RecordClass)reader.GetInt16(1), originator, reader.GetFieldValue<byte[]>(2)).ToString();
            if (computed != id) faults.Add($"{node.Partner}: the bytes of record {id} are those of {computed}");
            if (acknowledged.Find(id)?.Originator.Partner != originator) faults.Add($"{node.Partner}: record {id} is said to be of {originator}");
        }
        return faults;
    }

    /// <summary>No reader stands further than its provider has come, in what is the provider's own.</summary>
    private async Task<List<string>> FaultsInPositionsAsync()
    {
        var faults = new List<string>();
        foreach (var provider in Nodes)
        {
            long head = await provider.ScalarAsync<long>("SELECT feed_position FROM head");
            foreach (var reader in Nodes.Where(reader => reader != provider))
                if (await reader.ScalarAsync<long>($"SELECT coalesce(max(position), 0) FROM inbox_lane WHERE provider = '{provider.Partner}' AND source IN ({Own}, {OwnUrgent})") is var position && position > head)
                    faults.Add($"{reader.Partner} stands at {position} of {provider.Partner}, whose feed ends at {head}");
        }
        return faults;
    }

    /// <summary>Numbers of lanes' sources as the database keeps them.</summary>
    private const int Own = 1, OwnUrgent = 3;
}
