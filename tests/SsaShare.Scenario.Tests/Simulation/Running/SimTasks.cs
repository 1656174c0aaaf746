namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Tasks that the real code would give to the pool's threads, as steps of the process they belong to.</summary>
internal sealed class SimTasks(SimContext context) : TaskScheduler
{
    protected override void QueueTask(Task task) => context.Post(_ => TryExecuteTask(task), null);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
