using System.Data.Common;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>The database failed, or the connection to it: what was asked for may have happened all the same.</summary>
internal sealed class SimDatabaseException(string message) : DbException(message);

/// <summary>A record is stored already.</summary>
internal sealed class SimUniqueViolationException() : DbException("A record is stored already.");

/// <summary>Rolled back for another transaction's sake; nothing is stored.</summary>
internal sealed class SimDeadlockException() : DbException("Deadlock detected.");
