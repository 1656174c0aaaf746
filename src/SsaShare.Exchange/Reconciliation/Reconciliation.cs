namespace SsaShare.Exchange;

/// <summary>
/// Compares what one log says that it gave with what another says that it got, and everything else that two logs say of each other. An honest
/// pair gives no finding, also while something is on its way: what one log cannot hold yet is a note. The two must be
/// comparable: what one shows of their exchange, the other does not hide (<see cref="EvidenceScope.AreComparable"/>). Pure.
/// </summary>
internal static class Reconciliation
{
    public static ReconciliationReport Compare(string firstName, AuditedLog firstLog, string secondName, AuditedLog secondLog)
    {
        var (first, second, found) = (new NamedLog(firstName, firstLog), new NamedLog(secondName, secondLog), new FindingList());
        if (first.Partner == second.Partner)
        {
            HistoryComparison.CompareSameNode(first, second, found);
            found.CloseLost();
            return new ReconciliationReport(firstName, secondName, [], found.Findings, found.Notes);
        }
        HistoryComparison.CompareCards(first, second, found);
        HistoryComparison.CompareCards(second, first, found);
        HistoryComparison.CompareCheckpoints(first, second, found);
        AgreementComparison.Compare(first, second, found);
        DirectionSummary[] directions = [GivingComparison.Compare(first, second, found), GivingComparison.Compare(second, first, found)];
        RecordComparison.CompareReceivers(first, second, found);
        WitnessedComparison.CheckConflicts(first, found);
        WitnessedComparison.CheckConflicts(second, found);
        NoticeComparison.Compare(first, second, found);
        NoticeComparison.Compare(second, first, found);
        found.CloseLost();
        return new ReconciliationReport(firstName, secondName, directions, found.Findings, found.Notes);
    }
}
